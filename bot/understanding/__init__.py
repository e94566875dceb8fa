"""What a patient's words mean: danger signs first, then the topic they ask about."""
