"""`python -m jihua` is the command `jihua`."""
from .cli import main

if __name__ == "__main__":
    main()
