//! What the common suite cannot know.
