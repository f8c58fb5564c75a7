"""What readers hear of facts and of the libraries' signals."""
