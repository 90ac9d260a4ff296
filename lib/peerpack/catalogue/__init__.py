"""What the workbook knows before it sees a return: datasets, indicators, councils, places."""
