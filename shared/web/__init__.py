"""Requests and answers, pages and forms, and what is said when something is wrong."""
