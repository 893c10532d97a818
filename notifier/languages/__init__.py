"""Languages of digests: sentences in one catalog a language, numbers and dates as its readers write them."""
