"""A pack as documents to print, to edit and to send: PDF, Word, spreadsheets, one HTML file."""
