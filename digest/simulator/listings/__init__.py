"""What became of copies, as the providers with much to tell list it and post it: a file each."""
