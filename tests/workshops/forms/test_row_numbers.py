from workshops.forms.row_numbers import row_numbers


def test_what_cannot_be_the_number_of_a_row_is_left_out():
    sent = ["1", "9" * 18, "9" * 19, "9" * 5000, "", "x", "-1", "1.5", "²"]
    assert row_numbers(sent) == [1, 999_999_999_999_999_999]
