"""Files that hold files: archives, volumes, dumps and web archives, and how much of them is opened."""
