"""Text that means harm, in every field and every form."""
