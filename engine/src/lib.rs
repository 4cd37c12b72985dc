//! QR symbols: text to modules to PNG, SVG, terminal and rasters, and back.
