"""Documents to the forms in which they are kept; one module a form."""
