"""Who is told what, and whether it arrived.

Decides who gets a notice, by which channel, how often it is tried and when it is given up. Hears cases.
Tells whether a notice was taken by the mail server or given up. A notice holds codes and a link, never a word about anybody.
"""
