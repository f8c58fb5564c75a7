"""What is sent to readers: mail through one durable queue, and the bell on the site.

Owns messages, notices and who unsubscribed from what. Other domains come in by `actions`, `queries`, `facts`, `errors`.
"""
