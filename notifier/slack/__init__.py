"""Slack, spoken to through its Web API, an incoming webhook and a web socket."""
