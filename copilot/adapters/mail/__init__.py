"""Sending mail."""

from copilot.adapters.mail.smtp import MailServer, SmtpMailer

__all__ = ["MailServer", "SmtpMailer"]
