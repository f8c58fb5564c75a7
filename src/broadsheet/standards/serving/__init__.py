"""The judge as a server: a stand-in for the Perspective API, Coral's external moderation phase, and a door of its own."""
