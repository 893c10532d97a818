"""What people do in Slack, taken in and carried out: the web socket, the posts, presses of buttons and questions."""
