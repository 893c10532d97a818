"""What is learned from people's labels: examples, features, a linear model, its file, and how well it agrees."""
