"""How Django writes dates by itself, in lists and in fields that can only be read: by language, as it asks for them."""
