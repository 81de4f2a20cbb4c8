import-title = Imports
