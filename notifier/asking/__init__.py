"""What comes in from Slack, decided without effects: who asks what and may, which buttons there are, the answers."""
