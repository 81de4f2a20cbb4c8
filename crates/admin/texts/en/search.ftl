search-title = Search
search-help = A customer, a survey, a page, an action: a few letters are enough, accents and capitals do not matter.
search-go = Go to
search-do = Do
search-nothing = Nothing has this name. Try fewer letters.
search-nothing-for = Nothing matches “{ $q }”
search-nothing-help = Try a part of the name, a telephone number, an e-mail address.
search-see-all = See all
