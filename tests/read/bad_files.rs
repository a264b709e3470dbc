//! Files that cannot be read are named for what they are, and never stop anything.
