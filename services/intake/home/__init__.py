"""The register: which estates and homes there are, and which tenancy runs in which home. Buildings and ids; never a name of anybody."""
