"""The reviewer's pages: `orebook serve` shows what was read beside the printed page, and takes decisions."""
