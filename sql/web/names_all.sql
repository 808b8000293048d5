-- What the records that a page names are called.
{all}
