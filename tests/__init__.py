"""Mirror the rooms, and tell the stories that cross them."""
