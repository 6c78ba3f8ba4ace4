"""Projects help each other, and the town hears: links, asks, lessons, stories, conference, public pages."""
