"""The (γ, ρ) plane: norms of Jacobian products beside their bound."""
