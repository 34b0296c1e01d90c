"""The nouns of the program: frozen values, no behaviour beyond what follows from their own fields."""
