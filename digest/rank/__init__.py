"""Stories -> ranked stories, every point of every score explained. Pure."""
