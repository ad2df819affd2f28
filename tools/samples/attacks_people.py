def add(): pass
