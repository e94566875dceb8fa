"""The clinic: who is cared for, what is due, what an answer means."""
