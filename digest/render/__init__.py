"""Edition -> email: inlined HTML, text twin, headers, checks. Pure, templates passed in."""
