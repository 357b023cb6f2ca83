namespace interlock {}
