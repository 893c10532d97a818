"""What a campaign did to a brand's voice: what was heard against what would have been heard without it."""
