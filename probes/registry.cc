namespace interlock { [[maybe_unused]] static const int kProbesPlaceholder = 0; }
