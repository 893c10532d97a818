"""Pictures of a digest: one file a picture, each a Vega-Lite specification as plain data; pure but for drawing.py."""
