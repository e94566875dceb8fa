"""What we remember: tables, one writer, one cipher, migrations; the only room that speaks SQL."""
