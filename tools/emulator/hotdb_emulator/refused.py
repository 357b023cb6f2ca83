"""A management command that fails, with HotDB's error code."""


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
