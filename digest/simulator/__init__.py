"""The other side: providers' HTTP APIs on loopback, with a true record of what they accepted and faults by script.

It shares nothing with our adapters: what it knows of a provider is from that provider's own pages.
"""
