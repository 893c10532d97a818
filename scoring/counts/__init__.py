"""How surprising a count of mentions is, beside the brand's own history: habit, spread, surprise, alarm."""
