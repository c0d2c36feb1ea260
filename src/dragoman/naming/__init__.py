"""Names as such: their letters, scripts, endings and likeness. Knows no article and no case."""
