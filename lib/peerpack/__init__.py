"""The peer challenge workbook: raw council returns in, verified packs of evidence out."""
