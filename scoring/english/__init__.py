"""English beside VADER: opinions, events, comparisons, and what the words around a brand's name say of it."""
