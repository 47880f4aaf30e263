"""Who acts and who speaks: names, quotations, speakers."""
