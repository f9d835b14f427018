from workshops.forms.sign_up import SignUpForm

__all__ = ["SignUpForm"]
