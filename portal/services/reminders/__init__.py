"""Reminders: what is due today, by e-mail to who wished for it, else a line of the desk's list to print or call about.

Another part of the portal that has something due adds a source to `sources.SOURCES`, and words to `words.WORDS`.
One that has a mail to send by wish calls `by_mail.mail_adult`.
"""
