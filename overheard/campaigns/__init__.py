"""Campaign results: files taken in, sums of the store made into KPIs and goals, and what each number was made of."""
