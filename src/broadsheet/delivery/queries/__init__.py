"""What may be asked of delivery: addresses of pictures, counts, recommendations."""
