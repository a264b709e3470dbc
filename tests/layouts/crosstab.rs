//! Values of one kind in a grid.
