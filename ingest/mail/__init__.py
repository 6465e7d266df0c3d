"""Messages: what they say, and what is attached to them."""
