"""What the user wrote, validated once and then frozen."""
