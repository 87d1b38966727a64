"""What a browser may see: frozen cards, and the readers that fill them within a unit of work."""
